/* SPDX-License-Identifier: Apache-2.0 */
/* A HIS in Java: the plugin by JNA, one call a line of standard input. */
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.HexFormat;

public class Host {
    public interface Plugin extends Library {
        int INIT(byte[] err);
        int BUSINESS_HANDLE(byte[] in, byte[] out);
        int QUERY_HANDLE(byte[] in, byte[] out);
        int TRADE_ANSWER(byte[] in, byte[] out);
        int business_handle(byte[] in, int outlen, byte[] out, byte[] err);
    }

    static byte[] terminated(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return java.util.Arrays.copyOf(bytes, bytes.length + 1);
    }

    static String text(byte[] bytes) {
        int len = 0;
        while (len < bytes.length && bytes[len] != 0) len++;
        return len == 0 ? "-" : HexFormat.of().formatHex(bytes, 0, len);
    }

    public static void main(String[] args) throws Exception {
        Plugin plugin = Native.load(args[0], Plugin.class);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = in.readLine()) != null;) {
            String[] words = line.trim().split(" ");
            byte[] out = new byte[102400], err = new byte[1024];
            String last = words.length > 1 ? words[words.length - 1] : "";
            int code = switch (words[0]) {
                case "I" -> plugin.INIT(err);
                case "J" -> plugin.business_handle(terminated(last), Integer.parseInt(words[1]), out, err);
                case "Q" -> plugin.QUERY_HANDLE(terminated(last), out);
                case "T" -> plugin.TRADE_ANSWER(terminated(last), out);
                default -> plugin.BUSINESS_HANDLE(terminated(last), out);
            };
            System.out.println(code + " " + text(out) + " " + text(err));
            System.out.flush();
        }
    }
}
