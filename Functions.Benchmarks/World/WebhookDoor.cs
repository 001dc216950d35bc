using System.Net;
using Autopay.Application.ProviderEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Autopay.Benchmarks.World;

/// <summary>Takes webhooks over HTTP and hands them to the app's verb, as its function does.</summary>
public sealed class WebhookDoor : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ReceiveProviderEvent receive;
    private int received;

    private WebhookDoor(WebApplication web, ReceiveProviderEvent receive) => (this.web, this.receive) = (web, receive);

    public Uri Url => new(web.Urls.Single() + "/webhooks");

    public int Received => Volatile.Read(ref received);

    public static async Task<WebhookDoor> OpenAsync(BenchmarkWorld world)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var door = new WebhookDoor(builder.Build(), world.Verb<ReceiveProviderEvent>());
        door.web.Run(door.TakeAsync);
        await door.web.StartAsync();
        return door;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var refusal = await receive.RunAsync(
            body.ToArray(),
            http.Request.Headers["Stripe-Signature"],
            CancellationToken.None
        );
        http.Response.StatusCode = refusal is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        Interlocked.Increment(ref received);
    }
}
