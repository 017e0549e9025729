package dev.opskit.servlet;

class JettyFilterTest extends OpsFilterContract {
  @Override
  Container container() {
    return Container.JETTY;
  }
}
