/** Known secret values and the masking of them in text. */
@NullMarked
package dev.opskit.core.masking;

import org.jspecify.annotations.NullMarked;
