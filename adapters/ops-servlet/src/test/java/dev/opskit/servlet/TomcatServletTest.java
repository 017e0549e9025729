package dev.opskit.servlet;

class TomcatServletTest extends OpsServletContract {
  @Override
  Container container() {
    return Container.TOMCAT;
  }
}
