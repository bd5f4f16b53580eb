using System.Text;

namespace Connections.Members;

/// <summary>Which plain letters a letter is typed as: é is e, ø is o, ß is ss, Ｓ and 𝓢 are s, ё is е, ά is α.</summary>
/// <remarks>
/// A table of this app's own, from Unicode's decompositions and the letters that have none but are typed as others. So text is
/// folded the same on every machine, with or without ICU, and a new version of ICU never parts new documents from old ones.
/// Scripts whose marks are letters of the word (Devanagari, Thai, kana) keep them.
/// </remarks>
internal static class Letters
{
    private static readonly Dictionary<int, string> Plain = Invert(new(StringComparer.Ordinal)
    {
        ["a"] = "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặᴀⱥɐẚª", ["b"] = "ḃḅḇℬƀɓʙ", ["c"] = "çćĉċčḉℂℭȼᴄ", ["d"] = "ďḋḍḏḑḓⅅⅆđðɖɗᴅ",
        ["e"] = "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệℯℰⅇəɛɇᴇℇ", ["f"] = "ḟℱƒꜰ", ["g"] = "ĝğġģǧǵḡℊǥɠɢ", ["h"] = "ĥȟḣḥḧḩḫẖℋℌℍℎħʜℏ",
        ["i"] = "ìíîïĩīĭįİǐȉȋḭḯỉịℐℑℹⅈıɨɪ", ["j"] = "ĵǰⅉɉᴊ", ["k"] = "ķǩḱḳḵƙᴋ", ["l"] = "ĺļľḷḹḻḽℒℓłƚɫʟ", ["m"] = "ḿṁṃℳᴍ",
        ["n"] = "ñńņňǹṅṇṉṋℕɲŋɴŉ", ["o"] = "ºòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợℴøɵɔᴏǿ", ["p"] = "ṕṗℙƥᴘ", ["q"] = "ℚ",
        ["r"] = "ŕŗřȑȓṙṛṝṟℛℜℝɍʀ", ["s"] = "śŝşšſșṡṣṥṧṩẛꜱ", ["t"] = "ţťțṫṭṯṱẗŧƭᴛ", ["u"] = "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữựʉᴜ",
        ["v"] = "ṽṿʋᴠ", ["w"] = "ŵẁẃẅẇẉẘᴡ", ["x"] = "ẋẍ", ["y"] = "ýÿŷȳẏẙỳỵỷỹɏƴʏ", ["z"] = "źżžẑẓẕℤℨƶȥᴢ",
        ["α"] = "άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ", ["β"] = "ϐ", ["γ"] = "ℽℾ", ["ε"] = "έϵἐἑἒἓἔἕὲέ",
        ["η"] = "ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ", ["θ"] = "ϑ", ["ι"] = "ίΐϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ", ["κ"] = "ϰ", ["μ"] = "µ",
        ["ο"] = "όὀὁὂὃὄὅὸό", ["π"] = "ϖℼℿ", ["ρ"] = "ϱῤῥ", ["σ"] = "ςϲ", ["υ"] = "ύϋΰϒϓϔὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ", ["φ"] = "ϕ",
        ["ω"] = "ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ", ["а"] = "ӑӓ", ["г"] = "ѓ", ["е"] = "ѐёӗ", ["ж"] = "ӂӝ", ["з"] = "ӟ",
        ["и"] = "ѝйӣӥ", ["к"] = "ќ", ["о"] = "ӧ", ["у"] = "ўӯӱӳ", ["ч"] = "ӵ", ["ы"] = "ӹ", ["э"] = "ӭ", ["і"] = "ї",
        ["ѵ"] = "ѷ", ["ә"] = "ӛ", ["ө"] = "ӫ", ["ا"] = "آأإ", ["و"] = "ؤ", ["ي"] = "ئ",
        ["ae"] = "æǽǣ", ["dz"] = "ǆǳ", ["ff"] = "ﬀ", ["ffi"] = "ﬃ", ["ffl"] = "ﬄ", ["fi"] = "ﬁ", ["fl"] = "ﬂ", ["ij"] = "ĳ",
        ["lj"] = "ǉ", ["nj"] = "ǌ", ["oe"] = "œ", ["ss"] = "ß", ["st"] = "ﬅﬆ", ["th"] = "þ",
    });

    /// <summary>Adds what a lower-case letter is typed as, which is nothing for an accent on its own.</summary>
    public static void AppendPlain(StringBuilder text, Rune lower)
    {
        var value = lower.Value;
        if (value < 0x80)
        {
            text.Append((char)value);
        }
        else if (Plain.TryGetValue(value, out var plain))
        {
            text.Append(plain);
        }
        else if (Styled(value) is { } ascii)
        {
            text.Append(ascii);
        }
        else if (!IsAccent(value))
        {
            text.Append(lower.ToString());
        }
    }

    // Full-width, circled, squared and "mathematical" letters and digits, which people write their names in to stand out.
    private static char? Styled(int value) => value switch
    {
        >= 0xFF10 and <= 0xFF19 => (char)('0' + value - 0xFF10),
        >= 0xFF41 and <= 0xFF5A => (char)('a' + value - 0xFF41),
        >= 0x24D0 and <= 0x24E9 => (char)('a' + value - 0x24D0),
        >= 0x1D400 and <= 0x1D6A3 => (char)('a' + (value - 0x1D400) % 26),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + (value - 0x1D7CE) % 10),
        >= 0x1F130 and <= 0x1F149 => (char)('a' + value - 0x1F130),
        >= 0x1F150 and <= 0x1F169 => (char)('a' + value - 0x1F150),
        >= 0x1F170 and <= 0x1F189 => (char)('a' + value - 0x1F170),
        _ => null,
    };

    // Accents of Latin, Greek and Cyrillic written after their letter, the vowel points that Arabic and Hebrew may leave out,
    // and characters that show nothing.
    private static bool IsAccent(int value) => value is
        (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF)
        or (>= 0x0591 and <= 0x05BD) or (>= 0x064B and <= 0x065F) or 0x0640 or 0x0670
        or 0x00AD or (>= 0x200B and <= 0x200F) or 0x2060 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    private static Dictionary<int, string> Invert(Dictionary<string, string> letters) =>
        (from entry in letters from rune in entry.Value.EnumerateRunes() select (rune.Value, entry.Key)).ToDictionary();
}
