using System.Net;
using System.Net.Http.Json;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.LocalHost;

public sealed class AdminEndpointTests(AzuriteFixture azurite)
{
    private const string Path = "admin/functions/";

    [Fact]
    public async Task A_timer_can_be_started_by_hand_and_sees_its_stored_status()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Functions));
        var status = host.Blobs.GetBlobClient($"timers/{host.Setup.HostId}/Host.Functions.Nightly/status");
        await Eventually.HoldsAsync("the status is stored", async () => await status.ExistsAsync());

        var answer = await host.Http.PostAsJsonAsync(Path + "Nightly", new { input = "" });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await host.Journal.HasAsync("timer, past due False, status True");
    }

    [Fact]
    public async Task A_queue_function_gets_the_input_as_its_message()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Functions));

        await host.Http.PostAsJsonAsync(Path + "work", new { input = "{\"bucket\":17}" });

        await host.Journal.HasAsync("bucket 17");
    }

    [Fact]
    public async Task The_answer_does_not_wait_for_the_function_but_the_stop_of_the_host_does()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Functions));
        Assert.Equal(HttpStatusCode.Accepted, (await host.Http.PostAsJsonAsync(Path + "Slow", new { input = "" })).StatusCode);
        await host.Journal.HasAsync("slow began");

        var stopping = host.StopAsync();
        Assert.False(await host.Blobs.GetBlobClient("nothing").ExistsAsync());
        Assert.False(stopping.IsCompleted);
        host.Journal.ReleaseAll();
        await stopping;

        Assert.Contains("slow ended", host.Journal.Entries);
    }

    [Theory]
    [InlineData("Nobody")]
    [InlineData("Page")]
    public async Task Unknown_functions_and_those_called_over_http_are_not_found(string name)
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Functions));

        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.PostAsJsonAsync(Path + name, new { input = "" })).StatusCode);
    }

    [Fact]
    public async Task Only_json_is_taken_and_only_when_it_is_json()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Functions));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.Http.PostAsync(Path + "Nightly", new StringContent("{}"))).StatusCode);
        using var broken = new StringContent("{", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Http.PostAsync(Path + "Nightly", broken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync(Path + "Nightly")).StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_not_loopback_is_refused_even_when_it_leads_here()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Functions));
        using var request = new HttpRequestMessage(HttpMethod.Post, Path + "Nightly") { Content = JsonContent.Create(new { input = "" }) };
        request.Headers.Host = "rebound.example";

        Assert.Equal(HttpStatusCode.Forbidden, (await host.Http.SendAsync(request)).StatusCode);
        Assert.Empty(host.Journal.Entries);
    }

    private sealed record Work(int Bucket);

    private sealed class Functions(Journal journal)
    {
        [Function("Nightly")]
        public void Nightly([TimerTrigger("0 0 3 * * *")] TimerInfo timer) =>
            journal.Add($"timer, past due {timer.IsPastDue}, status {timer.ScheduleStatus is not null}");

        [Function("Work")]
        public void Work([QueueTrigger("%queue%")] Work work) => journal.Add($"bucket {work.Bucket}");

        [Function("Slow")]
        public async Task SlowAsync([TimerTrigger("0 0 3 * * *", UseMonitor = false)] TimerInfo timer)
        {
            journal.Add("slow began");
            await journal.GateAsync();
            journal.Add("slow ended");
        }

        [Function("Page")]
        public IActionResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new OkResult();
    }
}
