using Connections.Chat.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Chat;

/// <summary>What chat is made of.</summary>
public static class ChatFeature
{
    /// <summary>Adds the feature's services.</summary>
    /// <exception cref="Settings.SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddChat(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(ChatSettings.Read(configuration))
        .AddSingleton<MessageStore>()
        .AddSingleton<Conversations>()
        .AddSingleton<LiveEvents>()
        .AddSingleton<OpenSockets>()
        .AddSingleton<ConversationSeal>()
        .AddSingleton<UnreadDigests>()
        .AddSingleton<MessageFollowUp>();
}
