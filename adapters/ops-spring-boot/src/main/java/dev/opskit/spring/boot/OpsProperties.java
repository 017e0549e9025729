package dev.opskit.spring.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application says of opskit in its properties. Ranges are the features' own: what is out
 * of them is refused when the application starts.
 *
 * @param accessLog Whether each request of the servlet container is logged when it ends.
 * @param endpoints Where ops endpoints are served.
 * @param metrics HTTP metrics.
 * @param health Health checks.
 * @param shutdown How the service leaves traffic before it stops.
 * @param secrets Secrets and what is made of them.
 * @param backup Backups.
 */
@ConfigurationProperties("ops")
record OpsProperties(
    @DefaultValue("true") boolean accessLog,
    @DefaultValue Endpoints endpoints,
    @DefaultValue Metrics metrics,
    @DefaultValue Checks health,
    @DefaultValue Shutdown shutdown,
    @DefaultValue Secrets secrets,
    @DefaultValue @NestedConfigurationProperty BackupProperties backup) {

  /**
   * Where ops endpoints are served.
   *
   * @param enabled Whether they are served at all.
   * @param port A port of their own; 0 for any free one. In the servlet container if not set.
   * @param host The address that the port of their own listens on.
   */
  record Endpoints(
      @DefaultValue("true") boolean enabled,
      @Nullable Integer port,
      @DefaultValue("127.0.0.1") String host) {}

  /**
   * HTTP metrics.
   *
   * @param httpBuckets Upper bounds of the histogram of request durations, ascending; opskit's own
   *     if empty.
   * @param maxRoutes How many routes get a label value of their own, 0 to 10,000.
   * @param routes Routes besides those of controllers and ops endpoints that get a label value of
   *     their own, such as those of router functions.
   */
  record Metrics(
      @DefaultValue List<Duration> httpBuckets,
      @DefaultValue("200") int maxRoutes,
      @DefaultValue List<String> routes) {}

  /**
   * Health checks.
   *
   * @param maintenanceFile Where an open maintenance window is kept, so that it outlives the
   *     process.
   * @param indicators Actuator's health indicators that are run as checks, such as db.
   * @param checks Options of checks by their name, which is the name of their bean without
   *     HealthCheck at its end, or the name of the indicator.
   */
  record Checks(
      @Nullable Path maintenanceFile,
      @DefaultValue Set<String> indicators,
      @DefaultValue Map<String, CheckProperties> checks) {}

  /**
   * How the service leaves traffic before it stops.
   *
   * @param balancer How long a load balancer may take to notice: the readiness probe's period times
   *     its failure threshold, and the time that the routing takes.
   * @param limit How long to wait for requests after that.
   */
  record Shutdown(@DefaultValue("0s") Duration balancer, @DefaultValue("15s") Duration limit) {}

  /**
   * Secrets and what is made of them.
   *
   * @param folder Where secrets are mounted as files.
   * @param readyTimeout How long the first values of all declared secrets are waited for when the
   *     application starts, which fails without them.
   * @param rotating Secrets by the name of the bean that they become, a RotatingSecret.
   * @param dataSource A data source whose user and password are a secret.
   */
  record Secrets(
      @Nullable Path folder,
      @DefaultValue("30s") Duration readyTimeout,
      @DefaultValue Map<String, Rotating> rotating,
      @Nullable Database dataSource) {}

  /**
   * A secret that becomes a bean.
   *
   * @param id The store's name for it.
   * @param field The one field that is meant of a value that is a JSON object.
   * @param type What it is read as.
   */
  record Rotating(String id, @Nullable String field, @DefaultValue("value") SecretKind type) {}

  /**
   * A data source whose user and password are a secret.
   *
   * @param url JDBC URL without a user and a password.
   * @param secret The store's name for the secret that holds both.
   * @param budget How long one login may wait for another version of a secret that the database
   *     refused; below the connection timeout of the pool.
   */
  record Database(String url, String secret, @DefaultValue("5s") Duration budget) {}
}
