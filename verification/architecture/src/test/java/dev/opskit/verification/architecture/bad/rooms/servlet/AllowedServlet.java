package dev.opskit.verification.architecture.bad.rooms.servlet;

import jakarta.servlet.Filter;

abstract class AllowedServlet implements Filter {}
