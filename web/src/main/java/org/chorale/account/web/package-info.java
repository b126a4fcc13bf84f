/** Accounts and tokens over HTTP: who calls, and what they may do about accounts. */
package org.chorale.account.web;
