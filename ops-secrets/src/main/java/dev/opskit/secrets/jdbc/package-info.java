/** Database connections that follow the rotation of their password. */
@NullMarked
package dev.opskit.secrets.jdbc;

import org.jspecify.annotations.NullMarked;
