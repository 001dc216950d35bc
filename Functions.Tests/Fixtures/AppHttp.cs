using System.Text;
using System.Text.Json;
using Autopay.Application.Ports.Messages;

namespace Autopay.Tests.Fixtures;

/// <summary>An answer of the app.</summary>
internal sealed record Answer(int Status, string MediaType, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string Detail => Json.GetProperty("detail").GetString()!;

    public JsonElement this[string name] => Json.GetProperty(name);
}

/// <summary>How tests speak with the app.</summary>
internal static class AppHttp
{
    public static Task<Answer> GetAsync(this AppHost app, string path) =>
        app.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public static Task<Answer> PostAsync(this AppHost app, string path, string json = "{}", string? user = null) =>
        app.SendAsync(HttpMethod.Post, path, json, user);

    public static Task<Answer> PutAsync(this AppHost app, string path, string json, string? user = null) =>
        app.SendAsync(HttpMethod.Put, path, json, user);

    /// <summary>Ends a halt, as two people do.</summary>
    public static async Task<Answer> ResumeAsync(this AppHost app)
    {
        var asked = await app.PostAsync("api/halt/resume", """{"reason":"asked"}""", "preparer");
        Assert.True(asked.Status == 200, asked.Text);
        var approval = asked["approvals"].EnumerateArray().Last();
        return await app.PostAsync(
            $"api/approvals/{approval.GetProperty("id").GetString()}/approve",
            $$"""{"hash":"{{approval.GetProperty("hash").GetString()}}","reason":"approved"}""",
            "approver"
        );
    }

    public static Task<Answer> UploadAsync(
        this AppHost app,
        string kind,
        string csv,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/imports/{kind}?name={kind}.csv")
        {
            Content = new StringContent(csv, Encoding.UTF8, "text/csv"),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return app.SendAsync(request);
    }

    /// <summary>
    /// Waits until so many messages have failed for good and are on the stuck list; a tick collects what the minute's
    /// timer has not yet.
    /// </summary>
    public static Task PoisonedAsync(this AppHost app, int messages) =>
        Eventually.HoldsAsync(
            $"{messages} poison messages are listed",
            async () =>
            {
                var waiting = await Task.WhenAll(
                    QueueNames
                        .All.Where(queue => queue.EndsWith("-poison", StringComparison.Ordinal))
                        .Select(async queue =>
                            (await app.Storage.RawQueue(queue).GetPropertiesAsync()).Value.ApproximateMessagesCount
                        )
                );
                if (waiting.Sum() > 0)
                {
                    await app.PostAsync("api/tick");
                }

                return (await app.GetAsync("api/stuck"))["items"]
                        .EnumerateArray()
                        .Count(item => item.GetProperty("kind").GetString() == "poison") == messages;
            }
        );

    /// <summary>Uploads and waits until it is applied.</summary>
    public static async Task<Answer> ImportAsync(this AppHost app, string kind, string csv)
    {
        var accepted = await app.UploadAsync(kind, csv);
        Assert.True(accepted.Status == 202, accepted.Text);
        var id = accepted["importId"].GetString();
        await Eventually.HoldsAsync(
            $"import {id} is done",
            async () => (await app.GetAsync($"api/imports/{id}"))["state"].GetString() == "done"
        );
        return await app.GetAsync($"api/imports/{id}");
    }

    public static async Task<Answer> SendAsync(this AppHost app, HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await app.Http.SendAsync(request);
            return new Answer(
                (int)response.StatusCode,
                response.Content.Headers.ContentType?.MediaType ?? "",
                await response.Content.ReadAsStringAsync()
            );
        }
    }

    public static Task<Answer> SendAsync(this AppHost app, HttpMethod method, string path, string json, string? user)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (user is not null)
        {
            request.Headers.Add("X-Autopay-User", user);
        }

        return app.SendAsync(request);
    }
}
