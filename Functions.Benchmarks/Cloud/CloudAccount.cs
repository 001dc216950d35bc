using Autopay.Benchmarks.World;
using Autopay.Storage;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Autopay.Benchmarks.Cloud;

/// <summary>How long requests take, and which are refused.</summary>
internal interface ICloudPace
{
    DateTimeOffset Now { get; }

    /// <summary>False: 503, the server is busy.</summary>
    bool Admits(CloudPart part);

    /// <summary>Until the answer is there.</summary>
    Task ServeAsync(CloudPart part, int units);
}

/// <summary>What has a limit of its own: a partition of a table, a queue, a blob.</summary>
internal readonly record struct CloudPart(string Service, string Name);

/// <summary>
/// A storage account in memory behind the clients' own pipeline: what they send is parsed and answered as Azure does,
/// so that the app's adapters run as they are.
/// </summary>
public sealed class CloudAccount
{
    private const string Connection =
        "DefaultEndpointsProtocol=https;AccountName=simulated;AccountKey=c2ltdWxhdGVk;"
        + "EndpointSuffix=core.windows.net";

    private readonly Lock gate = new();
    private readonly ICloudPace pace;
    private readonly CloudQueues queues = new();
    private readonly Dictionary<string, ICloudService> services;

    internal CloudAccount(ICloudPace pace)
    {
        this.pace = pace;
        services = new(StringComparer.Ordinal)
        {
            ["table"] = new CloudTables(),
            ["queue"] = queues,
            ["blob"] = new CloudBlobs(),
        };
    }

    /// <param name="clock">Requests take no time, and nothing is refused.</param>
    public static CloudAccount WithoutLimits(TimeProvider clock) => new(new NoPace(clock));

    /// <summary>Of all queues, hidden ones too; nobody is asked.</summary>
    public int Messages
    {
        get
        {
            lock (gate)
            {
                return queues.Messages;
            }
        }
    }

    /// <param name="others">See every request of every service, on its way in.</param>
    public StorageClients Clients(HttpPipelinePolicy? watch, IReadOnlyCollection<HttpPipelinePolicy>? others = null) =>
        StorageClients.FromConnectionString(Connection, watch, options => Adapt(options, others ?? []));

    private void Adapt(ClientOptions options, IReadOnlyCollection<HttpPipelinePolicy> others)
    {
        Scratch.See(options, others);
        options.Transport = new CloudTransport(this);
        options.RetryPolicy = pace is ICloudPatience patience ? new CloudRetry(patience) : null;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
    }

    internal async ValueTask<CloudAnswer> AnswerAsync(CloudRequest request)
    {
        var name = request.Uri.Host.Split('.')[1];
        var part = new CloudPart(name, services[name].PartOf(request));
        CloudAnswer answer;
        if (pace.Admits(part))
        {
            lock (gate)
            {
                answer = services[name].Answer(request, pace.Now);
            }
        }
        else
        {
            answer = services[name].Busy();
        }

        await pace.ServeAsync(part, answer.Status == 503 ? 0 : answer.Units);
        return answer.With("Date", CloudAnswer.Date(pace.Now));
    }

    private sealed class NoPace(TimeProvider clock) : ICloudPace
    {
        public DateTimeOffset Now => clock.GetUtcNow();

        public bool Admits(CloudPart part) => true;

        public Task ServeAsync(CloudPart part, int units) => Task.CompletedTask;
    }
}

internal interface ICloudService
{
    /// <summary>Asked before the request is answered.</summary>
    string PartOf(CloudRequest request);

    CloudAnswer Answer(CloudRequest request, DateTimeOffset now);

    CloudAnswer Busy();
}

/// <summary>Waits in the same time in which requests take theirs.</summary>
internal interface ICloudPatience
{
    Task WaitAsync(TimeSpan time);
}

internal sealed class CloudTransport(CloudAccount account) : HttpPipelineTransport
{
    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) =>
        throw new NotSupportedException("Nothing waits in a simulation.");

    public override async ValueTask ProcessAsync(HttpMessage message) =>
        message.Response = new CloudResponse(
            await account.AnswerAsync(CloudRequest.Of(message)),
            message.Request.ClientRequestId
        );
}

/// <summary>
/// As often and as long as the clients do by themselves: three times, 0.8 s and twice as much each time.
/// </summary>
internal sealed class CloudRetry(ICloudPatience patience) : RetryPolicy(3, new AtOnce())
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.8);

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception)
    {
        if (!await base.ShouldRetryAsync(message, exception))
        {
            return false;
        }

        await patience.WaitAsync(First * Math.Pow(2, message.ProcessingContext.RetryNumber));
        return true;
    }

    private sealed class AtOnce : DelayStrategy
    {
        protected override TimeSpan GetNextDelayCore(Azure.Response? response, int retryNumber) => TimeSpan.Zero;
    }
}
