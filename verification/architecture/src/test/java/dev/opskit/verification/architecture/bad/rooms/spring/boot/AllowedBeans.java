package dev.opskit.verification.architecture.bad.rooms.spring.boot;

import dev.opskit.verification.architecture.bad.rooms.health.AllowedHealth;
import org.springframework.beans.factory.DisposableBean;

abstract class AllowedBeans implements DisposableBean {
  final AllowedHealth health = new AllowedHealth();
}
