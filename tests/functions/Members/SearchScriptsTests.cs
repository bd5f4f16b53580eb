using Connections.Members;

namespace Connections.Tests.Functions.Members;

/// <summary>Names are found in every script, whichever spelling the profile and the search use.</summary>
public sealed class SearchScriptsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Theory]
    // Composed and decomposed: Hangul, Latin with its marks in either order, kana, Devanagari, compatibility forms.
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("한글", "\u1112\u1161\u11AB\u1100\u1173\u11AF")]
    [InlineData("하늘", "\uFFBE\uFFC2")]
    [InlineData("Nguye\u0323\u0302n", "Nguyệ")]
    [InlineData("Nguyệt", "nguye\u0302\u0323t")]
    [InlineData("か\u3099く", "がく")]
    [InlineData("ガンダム", "ｶﾞﾝﾀﾞﾑ")]
    [InlineData("\u0958लम", "\u0915\u093Cलम")]
    [InlineData("Ａｎｎａ　Ⓢⓞⓟⓗⓘⓔ", "anna sophie")]
    [InlineData("六木本", "\uF9D1\u2F4A")]
    // Hebrew with and without points, and with the letters that have theirs built in.
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("שלום", "שָׁלוֹם")]
    [InlineData("\uFB2A\uFB4Bם", "שום")]
    [InlineData("צה״ל", "צהל")]
    // Arabic letters by the keyboards of Arabic and of Persian, with and without marks, and the digits of both.
    [InlineData("علی", "علي")]
    [InlineData("على", "علی")]
    [InlineData("کریم", "كريم")]
    [InlineData("فاطمة", "فاطمه")]
    [InlineData("أحمد مُؤمن", "احمد مومن")]
    [InlineData("ٱلرَّحْمَـٰنِ", "الرحمن")]
    [InlineData("\uFEE3\uFEA4\uFEE4\uFEAA", "محمد")]
    [InlineData("Studio ۱۲۳", "123")]
    [InlineData("Studio ٤٥٦ ७८", "456 78")]
    // Letters that are spelled out, on either side.
    [InlineData("Mueller", "müller")]
    [InlineData("Müller", "mueller")]
    [InlineData("Müller", "muller")]
    [InlineData("Muller", "müller")]
    [InlineData("Mu\u0308ller", "MUELLER")]
    [InlineData("Mueller", "mu\u0308ller")]
    [InlineData("Aase Bjoern Moeller", "åse bjørn möller")]
    [InlineData("Åse Bjørn", "aase bjoern")]
    [InlineData("Strauss", "strauß")]
    // Scripts without spaces, and Korean names.
    [InlineData("王小明", "小明")]
    [InlineData("王小明", "明")]
    [InlineData("東京Tokyo", "京")]
    [InlineData("東京Tokyo", "tokyo")]
    [InlineData("東京Tokyo", "京TOKYO")]
    [InlineData("レオナルド・ディカプリオ", "ディカ")]
    [InlineData("レオナルド・ディカプリオ", "レオナルドディカプリオ")]
    [InlineData("สวัสดีชาวโลกทั้งหลาย", "ชาวโลกทั้ง")]
    [InlineData("ສະບາຍດີ", "ບາຍດີ")]
    [InlineData("សួស្តីកម្ពុជា", "កម្ពុជា")]
    [InlineData("မင်္ဂလာပါ", "ဂလာ")]
    [InlineData("བོད་ཡིག", "ཡིག")]
    [InlineData("김민수", "민수")]
    [InlineData("二〇二六年", "〇二六")]
    public async Task A_name_is_found_however_it_is_written(string name, string query) => Assert.True(await FindsAsync(name, query));

    [Theory]
    [InlineData("王小明", "小王")]
    [InlineData("王小明", "小明明")]
    [InlineData("春夏秋冬東西南北上下左右", "春夏秋冬東西南北上下左前")]
    [InlineData("Tokyo", "okyo")]
    [InlineData("Muller", "mueller")]
    [InlineData("김민수", "김수")]
    public async Task Another_name_is_not(string name, string query) => Assert.False(await FindsAsync(name, query));

    [Theory]
    [InlineData("🍕")]
    [InlineData("---")]
    [InlineData(" ")]
    [InlineData("\u200B")]
    [InlineData("\u0301")]
    [InlineData("\u2800!")]
    public async Task A_search_without_a_word_finds_nobody(string query)
    {
        var answer = await host.ClientFor("looker").GetJsonAsync("/api/creators?q=" + Uri.EscapeDataString(query));

        Assert.Equal(["value"], answer.Names());
        Assert.Empty(answer.GetProperty("value").EnumerateArray());
    }

    [Fact]
    public async Task A_form_s_empty_field_searches_for_nothing_and_a_sign_beside_a_word_is_passed_over()
    {
        Assert.True(await FindsAsync("Pizza Pia", ""));
        Assert.True(await FindsAsync("Pizza Pia", "🍕 pizza"));
        Assert.False(await FindsAsync("Pasta Pia", "🍕 pizza"));
    }

    [Fact]
    public void A_text_in_a_script_without_spaces_is_a_bounded_number_of_short_words()
    {
        var tags =
            Enumerable.Range(0, 20).Select(i => string.Concat(Enumerable.Range(0, 30).Select(j => (char)('一' + (i * 30) + j)))).ToArray();
        var terms = new Member { Id = new MemberId("m"), DisplayName = "王小明", Tags = tags }.Indexed().Terms;

        Assert.Equal(MemberIndex.MaxTerms, terms.Count);
        Assert.All(terms, term => Assert.InRange(term.Length, 1, SearchWords.Window));
        Assert.InRange(SearchWords.OfQuery(new string('明', 100)).Count, 1, 3);
        Assert.InRange(SearchWords.OfQuery("ก" + new string('\u0E31', 99)).Count, 1, 3);
    }

    private async Task<bool> FindsAsync(string name, string query)
    {
        var id = Guid.NewGuid().ToString("n");
        var made = await host.ClientFor(id).BecomeCreatorAsync(name, "h-" + id[..8]);
        Assert.Equal(System.Net.HttpStatusCode.OK, made.Status);
        var (found, _) = await host.ClientFor("looker").AllAsync("/api/creators?limit=100&q=" + Uri.EscapeDataString(query));
        return found.Ids().Contains(id);
    }
}
