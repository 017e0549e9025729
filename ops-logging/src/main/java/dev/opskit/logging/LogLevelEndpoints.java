package dev.opskit.logging;

import ch.qos.logback.classic.Logger;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@link LogLevels} over HTTP. {@code GET /loggers} lists the loggers, {@code GET /loggers/<name>}
 * answers one; {@code PUT /loggers/<name>} with <code>{"level":"DEBUG","duration":"PT5M"}</code>
 * changes its level for a while (15 minutes if there is no duration), {@code DELETE
 * /loggers/<name>} gives it back at once. Answers are JSON; errors say what is wrong in {@code
 * error}: 400 for the body, 403 for a caller that the host does not authorise, 404 for a logger
 * that is not in use.
 *
 * <p>Changes need PUT or DELETE, which no page in a browser can send to another site without being
 * asked first.
 */
public final class LogLevelEndpoints {
  private static final String PATH = "/loggers";

  private final LogLevels levels;
  private final Predicate<? super OpsRequest> mayUse;

  private LogLevelEndpoints(LogLevels levels, Predicate<? super OpsRequest> mayUse) {
    this.levels = levels;
    this.mayUse = mayUse;
  }

  /**
   * The endpoints of a service.
   *
   * @param levels what they change; stays the caller's to close
   * @param mayUse asked at each request, so it must not block; it can tell reading and changing
   *     apart by the method. Behind a proxy on the same machine every caller has a loopback address
   * @return two routes, to be mounted by a server adapter
   */
  public static OpsRoutes of(LogLevels levels, Predicate<? super OpsRequest> mayUse) {
    LogLevelEndpoints endpoints =
        new LogLevelEndpoints(
            Objects.requireNonNull(levels, "levels"), Objects.requireNonNull(mayUse, "mayUse"));
    return OpsRoutes.of(PATH, endpoints::all).and(PATH + "/*", endpoints::one);
  }

  private OpsResponse all(OpsRequest request) {
    if (!isRead(request)) {
      return OpsResponse.methodNotAllowed("GET, HEAD");
    }
    return mayUse.test(request) ? list() : refused();
  }

  private OpsResponse one(OpsRequest request) {
    boolean isChange = request.method().equals("PUT") || request.method().equals("DELETE");
    if (!isRead(request) && !isChange) {
      return OpsResponse.methodNotAllowed("GET, HEAD, PUT, DELETE");
    }
    if (!mayUse.test(request)) {
      return refused();
    }
    Logger logger = levels.find(request.path().substring(PATH.length() + 1));
    if (logger == null) {
      return OpsResponse.error(404, "no logger of that name is in use");
    }
    try {
      if (request.method().equals("PUT")) {
        LevelRequest wanted = LevelRequest.parse(request.body());
        levels.set(logger.getName(), wanted.level(), wanted.duration());
      } else if (request.method().equals("DELETE")) {
        levels.giveBack(logger.getName());
      }
    } catch (IllegalArgumentException wrong) {
      return OpsResponse.error(400, String.valueOf(wrong.getMessage()));
    } catch (IllegalStateException ended) {
      return OpsResponse.error(503, String.valueOf(ended.getMessage()));
    }
    JsonWriter json = new JsonWriter();
    write(json, logger, changes().get(logger.getName()));
    return OpsResponse.json(200, json.toByteArray());
  }

  private OpsResponse list() {
    Map<String, LevelChange> changes = changes();
    JsonWriter json = new JsonWriter(8 * 1024).beginObject().name("loggers").beginArray();
    List<Logger> loggers = levels.context().getLoggerList();
    for (Logger logger : loggers) {
      write(json, logger, changes.get(logger.getName()));
    }
    return OpsResponse.json(200, json.endArray().endObject().toByteArray());
  }

  private Map<String, LevelChange> changes() {
    return levels.changes().stream()
        .collect(Collectors.toMap(LevelChange::logger, Function.identity()));
  }

  private static void write(JsonWriter json, Logger logger, @Nullable LevelChange change) {
    json.beginObject().name("logger").value(logger.getName());
    json.name("level").value(logger.getLevel() == null ? null : logger.getLevel().toString());
    json.name("effectiveLevel").value(logger.getEffectiveLevel().toString());
    if (change != null) {
      json.name("original").value(change.original());
      json.name("until").value(change.until().toString());
    }
    json.endObject();
  }

  private static boolean isRead(OpsRequest request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  private static OpsResponse refused() {
    return OpsResponse.error(403, "the service does not authorise this caller");
  }
}
