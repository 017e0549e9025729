/**
 * The rules that a service must pass: its code, its Dockerfile, its manifests and what it answers
 * while it runs, held against each other by one test in its own build.
 */
@NullMarked
package dev.opskit.testkit.rules;

import org.jspecify.annotations.NullMarked;
