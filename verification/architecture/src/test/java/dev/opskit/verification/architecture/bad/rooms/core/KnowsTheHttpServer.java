package dev.opskit.verification.architecture.bad.rooms.core;

import com.sun.net.httpserver.HttpHandler;

abstract class KnowsTheHttpServer implements HttpHandler {}
