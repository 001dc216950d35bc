using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Autopay.LocalHost.Tests.Fixtures;
using Autopay.Tests.Fixtures;

namespace Autopay.LocalHost.Tests;

/// <summary>What only the person at this machine may do: functions started by hand, the clock moved.</summary>
public sealed class AdminTests(AzuriteFixture azurite)
{
    private const string Path = "admin/functions/";

    [Fact]
    public async Task A_timer_started_by_hand_runs_as_on_schedule_and_a_queue_function_gets_the_input_as_its_message()
    {
        var (timer, message) = (new TaskCompletionSource<bool>(), new TaskCompletionSource<string>());
        await using var worker = new ScriptedWorker()
            .Timer(
                "Nightly",
                "0 0 3 * * *",
                (request, _) => Task.FromResult(timer.TrySetResult(IsPastDue(request.InputData[0].Data.Json)))
            )
            .Queue(
                "Work",
                "work",
                (request, _) => Task.FromResult(message.TrySetResult(request.InputData[0].Data.String))
            );
        await using var host = await ScriptedHost.StartAsync(azurite, worker);

        using var answer = await host.Http.PostAsJsonAsync(Path + "Nightly", new { input = "" });
        await host.Http.PostAsJsonAsync(Path + "work", new { input = "by hand" });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.False(await timer.Task);
        Assert.Equal("by hand", await message.Task);
    }

    [Fact]
    public async Task The_answer_does_not_wait_for_the_function_but_the_stop_of_the_host_does()
    {
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var worker = new ScriptedWorker().Timer(
            "Slow",
            "0 0 3 * * *",
            (_, _) => Task.FromResult(began.TrySetResult()).ContinueWith(_ => end.Task, TaskScheduler.Default).Unwrap()
        );
        await using var host = await ScriptedHost.StartAsync(azurite, worker);
        await host.Http.PostAsJsonAsync(Path + "Slow", new { input = "" });
        await began.Task;

        var stopping = host.StopAsync();
        Assert.False(await host.Queue("none").ExistsAsync());
        Assert.False(stopping.IsCompleted);
        end.SetResult();

        await stopping;
    }

    [Fact]
    public async Task What_is_not_ours_to_start_is_refused()
    {
        await using var worker = new ScriptedWorker()
            .Http("Page", "page", "\"get\"")
            .Timer("Nightly", "0 0 3 * * *", (_, _) => throw new InvalidOperationException("started"));
        await using var host = await ScriptedHost.StartAsync(azurite, worker);
        using var rebound = new HttpRequestMessage(HttpMethod.Post, Path + "Nightly")
        {
            Content = JsonContent.Create(new { input = "" }),
        };
        rebound.Headers.Host = "rebound.example";
        using var broken = new StringContent("{", new MediaTypeHeaderValue("application/json"));

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await host.Http.PostAsJsonAsync(Path + "Nobody", new { input = "" })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await host.Http.PostAsJsonAsync(Path + "Page", new { input = "" })).StatusCode
        );
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync(Path + "Nightly")).StatusCode);
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            (await host.Http.PostAsync(Path + "Nightly", new StringContent("{}"))).StatusCode
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Http.PostAsync(Path + "Nightly", broken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Http.SendAsync(rebound)).StatusCode);
        Assert.DoesNotContain(host.Log.Lines, line => line.Text.Contains("started by hand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_timer_that_the_clock_is_moved_past_runs_once_past_due_and_no_other()
    {
        var (nightly, weekly) = (new List<bool>(), 0);
        await using var worker = new ScriptedWorker()
            .Timer(
                "Nightly",
                "0 0 3 * * *",
                (request, _) =>
                {
                    lock (nightly)
                    {
                        nightly.Add(IsPastDue(request.InputData[0].Data.Json));
                    }

                    return Task.CompletedTask;
                }
            )
            .Timer("Weekly", "0 0 3 * * Mon", (_, _) => Task.FromResult(Interlocked.Increment(ref weekly)));
        await using var host = await ScriptedHost.StartAsync(azurite, worker, ("start-at", "2126-11-26T12:00"));

        // November 26, 2126, is a Tuesday.
        await MoveAsync(host, "2126-11-30T12:00");
        await Eventually.HoldsAsync("the nights have passed", () => nightly.Count == 1);
        await MoveAsync(host, "2126-11-30T12:30");
        await MoveAsync(host, "2126-12-03T12:00");
        await Eventually.HoldsAsync("the week has passed", () => nightly.Count == 2 && weekly == 1);

        Assert.Equal([true, true], nightly);
    }

    [Theory]
    [InlineData("""{"now":"2020-01-20T12:00"}""", HttpStatusCode.Conflict, "the clock only moves forward")]
    [InlineData("""{"now":"yesterday"}""", HttpStatusCode.BadRequest, "'yesterday' is not a time")]
    [InlineData("""{"then":"2020-01-22T12:00"}""", HttpStatusCode.BadRequest, "then")]
    [InlineData("[]", HttpStatusCode.BadRequest, "JSON")]
    public async Task A_time_that_is_none_or_past_is_refused_in_words(string json, HttpStatusCode status, string words)
    {
        await using var worker = new ScriptedWorker();
        await using var host = await ScriptedHost.StartAsync(azurite, worker, ("start-at", "2020-01-21T08:00"));
        using var body = new StringContent(json, new MediaTypeHeaderValue("application/json"));

        using var answer = await host.Http.PutAsync("local/clock", body);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(
            words,
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
    }

    private static async Task MoveAsync(ScriptedHost host, string now)
    {
        using var answer = await host.Http.PutAsJsonAsync("local/clock", new { now });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static bool IsPastDue(string timer) =>
        JsonDocument.Parse(timer).RootElement.GetProperty("IsPastDue").GetBoolean();
}
