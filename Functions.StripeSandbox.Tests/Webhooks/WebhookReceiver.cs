using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Webhooks;

/// <summary>Keeps every delivery as raw bytes and signature, and answers what it is told to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication web;

    private WebhookReceiver(WebApplication web) => this.web = web;

    public ConcurrentQueue<(string Body, string Signature)> Received { get; } = new();

    public int Status { get; set; } = 200;

    public Uri Url => new(web.Urls.Single() + "/hook");

    public IEnumerable<Event> Events => Received.Select(delivery => EventUtility.ParseEvent(delivery.Body));

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new WebhookReceiver(builder.Build());
        receiver.web.Run(receiver.ReceiveAsync);
        await receiver.web.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        http.Response.StatusCode = Status;
        Received.Enqueue((body, http.Request.Headers["Stripe-Signature"].ToString()));
    }
}
