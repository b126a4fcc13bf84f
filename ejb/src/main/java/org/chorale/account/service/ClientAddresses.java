package org.chorale.account.service;

import java.util.Arrays;
import java.util.Locale;

/** What of an address stands for one caller. */
public final class ClientAddresses {
    private static final int NETWORK_GROUPS = 4;

    private ClientAddresses() {}

    /** An IPv4 address as it is; of an IPv6 address the first 64 bits, since one household has all the others. */
    public static String block(String address) {
        if (address == null || !address.contains(":") || address.contains(".")) {
            return String.valueOf(address);
        }
        String[] halves = address.toLowerCase(Locale.ROOT).split("%", 2)[0].split("::", 2);
        String[] groups = halves[0].isEmpty() ? new String[0] : halves[0].split(":");
        String[] network = new String[NETWORK_GROUPS];
        Arrays.fill(network, "0");
        for (int i = 0; i < Math.min(NETWORK_GROUPS, groups.length); i++) {
            network[i] = groups[i].replaceFirst("^0+(?=.)", "");
        }
        return String.join(":", network);
    }
}
