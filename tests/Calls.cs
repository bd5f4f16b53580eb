using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Connections.Tests;

/// <summary>The answer to a call.</summary>
public sealed record Answer(HttpStatusCode Status, JsonNode? Body, HttpResponseHeaders Headers)
{
    /// <summary>The last part of a problem's type; null if the answer is not a problem document.</summary>
    public string? Problem =>
        Body is JsonObject body && body["status"] is not null ? body["type"]?.ToString()["/problems/".Length..] : null;

    /// <summary>A field of the body.</summary>
    /// <exception cref="InvalidOperationException">The body has no such field.</exception>
    public JsonNode this[string field] =>
        Body?[field] ?? throw new InvalidOperationException($"The answer has no {field}: {(int)Status} {Body?.ToJsonString()}");
}

/// <summary>HTTP calls with JSON bodies.</summary>
public static class Calls
{
    /// <summary>Sends a GET.</summary>
    public static Task<Answer> ReadAsync(this HttpClient client, string path) => client.CallAsync(HttpMethod.Get, path);

    /// <summary>Sends a POST with a JSON body.</summary>
    public static Task<Answer> SendAsync(this HttpClient client, string path, object? body = null) =>
        client.CallAsync(HttpMethod.Post, path, body);

    /// <summary>Sends a PUT with a JSON body.</summary>
    public static Task<Answer> PutAsync(this HttpClient client, string path, object body) => client.CallAsync(HttpMethod.Put, path, body);

    /// <summary>Sends any call. A string body is sent unchanged, as JSON.</summary>
    public static async Task<Answer> CallAsync(this HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body, options: Json.Options),
        };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        // The answer to HEAD has a content type but no body.
        return new Answer(
            response.StatusCode, text.Length == 0 ? null : isJson ? JsonNode.Parse(text) : JsonValue.Create(text), response.Headers);
    }

    /// <summary>Creates the member's profile as a brand that can invite.</summary>
    public static Task<Answer> BecomeBrandAsync(this HttpClient client, string name = "Aurora Outdoor") =>
        client.PutAsync("/api/me", new { kind = "brand", displayName = name, organisation = name });

    /// <summary>Creates the member's profile as a listed creator.</summary>
    public static Task<Answer> BecomeCreatorAsync(this HttpClient client, string name = "Mira Lund", string handle = "miralund") =>
        client.PutAsync(
            "/api/me",
            new
            {
                kind = "creator",
                displayName = name,
                handle,
                headline = "Slow travel and long trails",
                categories = new[] { "travel" },
                platforms = new[]
                {
                    new { name = "instagram", handle, url = $"https://example.com/{handle}", followers = 52000, engagement = 0.034 },
                },
                country = "NO",
                languages = new[] { "nb", "en" },
                listed = true,
            });

    /// <summary>Polls until a condition holds.</summary>
    /// <param name="read">Gets the current value.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="timeout">The timeout; <see cref="LocalHostFixture.MaxWait"/> by default.</param>
    /// <param name="pauseMilliseconds">The pause between two polls.</param>
    /// <returns>The last value, whether or not the condition holds.</returns>
    public static async Task<T> EventuallyAsync<T>(
        Func<Task<T>> read, Func<T, bool> condition, TimeSpan? timeout = null, int pauseMilliseconds = 25)
    {
        var end = DateTime.UtcNow + (timeout ?? LocalHostFixture.MaxWait);
        while (true)
        {
            var value = await read();
            if (condition(value) || DateTime.UtcNow > end)
            {
                return value;
            }

            await Task.Delay(pauseMilliseconds);
        }
    }
}
