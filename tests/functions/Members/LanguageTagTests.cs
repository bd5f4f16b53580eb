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
    [InlineData("zh-yue-HK", "zh-yue-HK")]
    [InlineData("sl-ROZAJ-biske", "sl-rozaj-biske")]
    [InlineData("de-ch-1996", "de-CH-1996")]
    [InlineData("en-GB-u-ca-GREGORY", "en-GB-u-ca-gregory")]
    [InlineData("en-x-US", "en-x-us")]
    public void A_well_formed_tag_is_read_in_any_case_and_written_in_one(string text, string tag) =>
        Assert.Equal(tag, LanguageTag.Find(text));

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
    [InlineData("en-u")]
    [InlineData("en-x-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p")]
    public void Anything_else_is_no_tag(string? text) => Assert.Null(LanguageTag.Find(text));
}
