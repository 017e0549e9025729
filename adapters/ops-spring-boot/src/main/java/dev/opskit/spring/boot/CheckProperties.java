package dev.opskit.spring.boot;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.health.CheckOptions;
import dev.opskit.health.Probe;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Options of one health check; what is not set is the check's own or opskit's default.
 *
 * @param timeout How long one run may take.
 * @param interval The time from the start of one run to the start of the next.
 * @param intervalWhileDown The interval after a failure.
 * @param maxAge The age beyond which a success is not believed any more.
 * @param failureThreshold How many runs must fail one after the other.
 * @param successThreshold How many runs must succeed one after the other.
 * @param onDemand Whether it runs when somebody probes instead of in the background.
 * @param scope Whom a failure affects.
 * @param critical Whether the service cannot do its work without.
 * @param probes The probes that it counts for.
 * @param tags Words to group checks by.
 */
record CheckProperties(
    @Nullable Duration timeout,
    @Nullable Duration interval,
    @Nullable Duration intervalWhileDown,
    @Nullable Duration maxAge,
    @Nullable Integer failureThreshold,
    @Nullable Integer successThreshold,
    @DefaultValue("false") boolean onDemand,
    @Nullable DependencyScope scope,
    @Nullable Boolean critical,
    @DefaultValue Set<Probe> probes,
    @DefaultValue Set<String> tags) {

  CheckOptions applyTo(CheckOptions options) {
    PropertyMapper map = PropertyMapper.get();
    map.from(timeout).to(options::timeout);
    map.from(interval).to(options::interval);
    map.from(intervalWhileDown).to(options::intervalWhileDown);
    map.from(maxAge).to(options::maxAge);
    map.from(failureThreshold).to(options::failureThreshold);
    map.from(successThreshold).to(options::successThreshold);
    map.from(onDemand).whenTrue().toCall(options::onDemand);
    map.from(scope).to(options::scope);
    map.from(critical).to(options::critical);
    if (!probes.isEmpty()) {
      Probe[] all = probes.toArray(Probe[]::new);
      options.probes(all[0], all);
    }
    return options.tags(tags.toArray(String[]::new));
  }
}
