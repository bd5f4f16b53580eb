using Connections.Chat.SavedTexts;
using Connections.Chat.Sockets;

namespace Connections.Chat;

/// <summary>Chat and live delivery.</summary>
public static class ChatFeature
{
    /// <summary>Registers chat.</summary>
    /// <exception cref="Settings.SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddChat(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(ChatSettings.Read(configuration))
        .AddSingleton<MessageStore>()
        .AddSingleton<MessageSearch>()
        .AddSingleton<Quotes>()
        .AddSingleton<Conversations>()
        .AddSingleton<LiveEvents>()
        .AddSingleton<OpenSockets>()
        .AddSingleton<ConversationSeal>()
        .AddSingleton<UnreadDigests>()
        .AddSingleton<MessageFiles>()
        .AddSingleton<MessageFollowUp>()
        .AddSingleton<MessageChanges>()
        .AddSingleton<SavedTextStore>();
}
