/** The live branches of this node: one mailbox each, that decides, stores, and only then tells. */
package org.chorale.document.service;
