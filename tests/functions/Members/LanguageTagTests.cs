using Connections.Creators.Facets;
using Connections.Local;
using Connections.Members;

namespace Connections.Tests.Functions.Members;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData(" EN-us ", "en-US")]
    [InlineData("PT-br", "pt-BR")]
    [InlineData("ZH-hant-tw", "zh-Hant-TW")]
    [InlineData("es-419", "es-419")]
    [InlineData("sl-ROZAJ-biske", "sl-rozaj-biske")]
    [InlineData("de-ch-1996", "de-CH-1996")]
    [InlineData("en-GB-u-ca-GREGORY", "en-GB-u-ca-gregory")]
    [InlineData("en-x-US", "en-x-us")]
    public void A_well_formed_tag_is_read_in_any_case_and_written_in_one(string text, string tag) =>
        Assert.Equal(tag, LanguageTag.Find(text));

    [Theory]
    [InlineData("tl", "fil")]
    [InlineData("tgl-PH", "fil-PH")]
    [InlineData("iw", "he")]
    [InlineData("in-ID", "id-ID")]
    [InlineData("ji", "yi")]
    [InlineData("jw", "jv")]
    [InlineData("mo", "ro")]
    [InlineData("eng", "en")]
    [InlineData("deu-AT", "de-AT")]
    [InlineData("ger", "de")]
    [InlineData("FRE", "fr")]
    [InlineData("chi", "zh")]
    [InlineData("zho-Hant", "zh-Hant")]
    [InlineData("sh", "sr-Latn")]
    [InlineData("sh-Cyrl", "sr-Cyrl")]
    [InlineData("prs", "fa-AF")]
    [InlineData("prs-IR", "fa-IR")]
    [InlineData("cmn-Hans-CN", "zh-Hans-CN")]
    [InlineData("zh-cmn-Hans", "zh-Hans")]
    [InlineData("zh-yue-HK", "yue-HK")]
    [InlineData("ar-arz", "arz")]
    [InlineData("zh-min-nan", "nan")]
    [InlineData("zh-min-nan-TW", "nan-TW")]
    [InlineData("I-Klingon", "tlh")]
    [InlineData("i-lux", "lb")]
    [InlineData("no-bok", "nb")]
    [InlineData("no-nyn", "nn")]
    [InlineData("art-lojban", "jbo")]
    [InlineData("sgn-BE-FR", "sfb")]
    [InlineData("sgn-US", "ase")]
    [InlineData("en-gb-OED", "en-GB-oxendict")]
    [InlineData("hy-arevmda", "hyw")]
    [InlineData("de-DD", "de-DE")]
    [InlineData("my-BU", "my-MM")]
    [InlineData("en-uk", "en-GB")]
    [InlineData("ja-Latn-heploc", "ja-Latn-alalc97")]
    [InlineData("en-u-ca-gregory-a-foo", "en-a-foo-u-ca-gregory")]
    [InlineData("no", "no")]
    [InlineData("en-Latn", "en-Latn")]
    public void Every_tag_of_one_language_has_one_canonical_form(string text, string tag)
    {
        Assert.Equal(tag, LanguageTag.Find(text));
        Assert.Equal(tag, LanguageTag.Find(tag));
    }

    [Theory]
    [InlineData("pt-BR", "pt|pt-BR")]
    [InlineData("tl", "fil")]
    [InlineData("nb-NO", "nb|nb-NO|no|no-NO")]
    [InlineData("no", "no|nb")]
    [InlineData("nn", "nn|no")]
    [InlineData("zh-yue", "yue|zh")]
    [InlineData("zh-TW", "zh|zh-TW|zh-Hant")]
    [InlineData("zh-CN", "zh|zh-CN|zh-Hans")]
    public void A_tag_is_found_by_what_it_is_a_kind_of(string tag, string ranges) =>
        Assert.Equal(ranges.Split('|'), LanguageTag.Ranges(tag));

    [Fact]
    public void What_the_web_client_offers_is_canonical()
    {
        var source = File.ReadAllText(Path.Combine(RepositoryFolder.Find()!, "web", "src", "members", "choices.ts"));
        var offered =
            string.Concat(source.Split("const moreLanguages =")[1].Split(';')[0].Split('\'').Where((_, i) => i % 2 == 1)).Split(' ');

        Assert.NotEmpty(offered);
        Assert.All(offered.Concat(Connections.Creators.Facets.Languages.All), tag => Assert.Equal(tag, LanguageTag.Find(tag)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("english")]
    [InlineData("en_US")]
    [InlineData("en-")]
    [InlineData("-en")]
    [InlineData("en--US")]
    [InlineData("en-U")]
    [InlineData("en-US-GB")]
    [InlineData("en-\nUS")]
    [InlineData("x-klingon")]
    [InlineData("é")]
    [InlineData("\u212Ao")]
    [InlineData("en-u")]
    [InlineData("en-x-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p")]
    public void Anything_else_is_no_tag(string? text) => Assert.Null(LanguageTag.Find(text));
}
