using Connections.Chat;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Tests.Functions.Chat;

public sealed class ClientAccessTests
{
    [Fact]
    public void It_ends_when_the_token_in_its_URL_does()
    {
        var end = new DateTimeOffset(2026, 11, 22, 10, 29, 59, TimeSpan.Zero);
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Expires = end.UtcDateTime,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(new byte[32]), SecurityAlgorithms.HmacSha256),
        });
        var url = new Uri($"wss://connections.webpubsub.azure.com/client/hubs/connections?access_token={token}");

        Assert.Equal(new ClientAccess(url, end), ClientAccess.Of(url));
    }
}
