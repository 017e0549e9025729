package dev.opskit.verification.architecture.bad.rooms.servlet;

import org.springframework.beans.factory.DisposableBean;

abstract class KnowsSpring implements DisposableBean {}
