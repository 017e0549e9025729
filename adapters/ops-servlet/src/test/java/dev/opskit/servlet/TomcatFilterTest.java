package dev.opskit.servlet;

class TomcatFilterTest extends OpsFilterContract {
  @Override
  Container container() {
    return Container.TOMCAT;
  }
}
