package dev.opskit.spring.boot;

import dev.opskit.core.http.OpsRoutes;

/** All ops endpoints of the application. No {@link OpsRoutes} itself, of which it is made. */
record MountedEndpoints(OpsRoutes routes) {}
