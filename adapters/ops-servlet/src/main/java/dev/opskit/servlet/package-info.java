/** Requests and ops endpoints of a service on Jakarta Servlet 6. */
@NullMarked
package dev.opskit.servlet;

import org.jspecify.annotations.NullMarked;
