/** Registering, signing in, tokens and keys. */
package org.chorale.account.service;
