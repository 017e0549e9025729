package dev.opskit.servlet;

class JettyServletTest extends OpsServletContract {
  @Override
  Container container() {
    return Container.JETTY;
  }
}
