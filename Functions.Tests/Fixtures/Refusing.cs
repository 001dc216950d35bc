using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Autopay.Tests.Fixtures;

/// <summary>What negative tests have in common: the answer, and what it did to everything that the app keeps.</summary>
internal static class Refusing
{
    /// <summary>Every request is answered with this status, and all of them together changed nothing.</summary>
    /// <returns>The answers, in order.</returns>
    public static async Task<IReadOnlyList<Answer>> RefusesAsync(
        this AppHost app,
        int status,
        params IEnumerable<HttpRequestMessage> requests
    )
    {
        List<Answer> answers = [];
        Assert.Empty(
            await app.ChangedByAsync(async () =>
            {
                foreach (var request in Assert.Some(requests))
                {
                    var what = $"{request.Method} {request.RequestUri}";
                    answers.Add(await app.SendAsync(request));
                    Assert.True(answers[^1].Status == status, $"{what}: {answers[^1].Status} {answers[^1].Text}");
                    Assert.True(IsTitled(answers[^1]), $"{what}: {answers[^1].Text}");
                }
            })
        );
        return answers;
    }

    // A problem is called what its status is called.
    private static bool IsTitled(Answer answer) =>
        answer.MediaType != "application/problem+json"
        || answer.Text.Length == 0
        || answer["title"].GetString() == ReasonPhrases.GetReasonPhrase(answer.Status);

    /// <summary>What the work and all that it set off changed, by name.</summary>
    public static async Task<IReadOnlyList<string>> ChangedByAsync(this AppHost app, Func<Task> work)
    {
        await app.IdleAsync();
        var before = await app.DigestAsync();
        await work();
        await app.IdleAsync();
        return StateDigest.Differences(before, await app.DigestAsync());
    }

    public static HttpRequestMessage Request(
        string method,
        string path,
        string? body = null,
        string type = "application/json"
    )
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return request;
    }

    public static HttpRequestMessage File(string kind, byte[] content, string name = "file.csv")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/imports/{kind}?name={name}")
        {
            Content = new ByteArrayContent(content),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return request;
    }

    public static HttpRequestMessage File(string kind, string content, string name = "file.csv") =>
        File(kind, Encoding.UTF8.GetBytes(content), name);
}
