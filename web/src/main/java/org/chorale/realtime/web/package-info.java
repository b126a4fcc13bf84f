/** The WebSocket: connections, the rooms they share, and the frames they exchange. */
package org.chorale.realtime.web;
