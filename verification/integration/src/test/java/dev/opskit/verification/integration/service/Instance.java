package dev.opskit.verification.integration.service;

import java.util.regex.Matcher;

/** Where a process of the service listens. */
record Instance(int port, int managementPort) {
  static Instance of(ServiceProcess process) throws InterruptedException {
    Matcher up = process.awaitLine(Deployment.UP, Deployment.START);
    return new Instance(Integer.parseInt(up.group(1)), Integer.parseInt(up.group(2)));
  }
}
