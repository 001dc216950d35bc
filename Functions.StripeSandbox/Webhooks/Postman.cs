using System.Net.Http.Headers;
using System.Text;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Webhooks;

/// <summary>
/// Carries parcels in the background, and on request. Anything but a 2xx within the timeout counts as not delivered.
/// </summary>
internal sealed class Postman : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };
    private readonly Sandbox sandbox;
    private readonly Func<DateTimeOffset> signedAt;

    public Postman(Sandbox sandbox, bool signWithSandboxClock)
    {
        this.sandbox = sandbox;
        signedAt = signWithSandboxClock
            ? () => sandbox.State.Step(null, () => sandbox.Clock.Now)
            : TimeProvider.System.GetUtcNow;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Stripe/1.0");
    }

    /// <summary>Also what lets the bank answer on a sandbox that nobody calls.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var parcels = sandbox.Step(null, () => sandbox.Outbox.Take(all: false, sandbox.Outbox.Mode));
            await DeliverAsync(parcels, stopping);
            await sandbox.Outbox.Signal.WaitAsync(Tick, stopping);
        }
    }

    public async Task<DeliveryReport> DeliverAsync(IReadOnlyList<Parcel> parcels, CancellationToken stopping)
    {
        var acknowledged = 0;
        var carriers = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(1, sandbox.Outbox.Mode.Parallel),
            CancellationToken = stopping,
        };
        await Parallel.ForEachAsync(
            parcels,
            carriers,
            async (parcel, token) =>
            {
                if (await DeliverAsync(parcel, token))
                {
                    Interlocked.Increment(ref acknowledged);
                }
            }
        );
        return new DeliveryReport(parcels.Count, acknowledged);
    }

    public void Dispose() => http.Dispose();

    private async Task<bool> DeliverAsync(Parcel parcel, CancellationToken stopping)
    {
        var acknowledged = await PostAsync(parcel, stopping);
        sandbox.State.Step(
            null,
            () =>
            {
                sandbox.Outbox.Record(parcel.Delivery, acknowledged);
                return acknowledged;
            }
        );
        return acknowledged;
    }

    private async Task<bool> PostAsync(Parcel parcel, CancellationToken stopping)
    {
        var body = Wire.IndentedText(
            parcel.Event with
            {
                ApiVersion = parcel.Target.ApiVersion ?? parcel.Event.ApiVersion,
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, parcel.Target.Url);
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8"));
        request.Headers.TryAddWithoutValidation(
            "Stripe-Signature",
            WebhookSignature.Sign(body, parcel.Target.Secrets, signedAt())
        );
        try
        {
            using var response = await http.SendAsync(request, stopping);
            return response.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            stopping.ThrowIfCancellationRequested();
            return false;
        }
    }
}

public sealed record DeliveryReport(int Sent, int Acknowledged);
