namespace Connections.Settings;

/// <summary>Where replies to emails go.</summary>
/// <param name="ReplyTo">The address. <c>Email__ReplyTo</c>; by default <c>Safety__SupportAddress</c>.</param>
public sealed record ReplySettings(string ReplyTo)
{
    /// <exception cref="SettingException">The setting is malformed, or it and the support address are missing.</exception>
    public static ReplySettings Read(IConfiguration configuration)
    {
        const string Name = "Email:ReplyTo";
        return new(configuration.EmailAddress(
            configuration[Name] is { Length: > 0 } ? Name : "Safety:SupportAddress",
            "the email address that replies to emails reach, such as support@example.com"));
    }
}
