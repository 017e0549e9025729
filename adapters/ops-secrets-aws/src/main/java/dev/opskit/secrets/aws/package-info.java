/** Secrets out of AWS Secrets Manager. */
@NullMarked
package dev.opskit.secrets.aws;

import org.jspecify.annotations.NullMarked;
