using Microsoft.Extensions.Hosting;

namespace Autopay.Hosting.Operator;

/// <summary>
/// Where an operator's command runs: on Azure it finds everything in its configuration, on one machine it may have to
/// start what is missing.
/// </summary>
internal interface IOperatorPlace
{
    /// <summary>Recorded when the operator gives no name; null asks for one.</summary>
    string? DefaultName { get; }

    /// <summary>Adds settings and services before the app's own.</summary>
    void Configure(HostApplicationBuilder builder);

    /// <exception cref="InvalidOperationException">What the command needs cannot be started.</exception>
    Task StartAsync(IServiceProvider services, CancellationToken cancel);

    /// <summary>Always called after <see cref="StartAsync"/>, also when that failed.</summary>
    Task StopAsync(IServiceProvider services);
}

/// <summary>Beside the deployed app: nothing is started, and nobody is known without a name or an identity.</summary>
internal sealed class DeployedPlace : IOperatorPlace
{
    public string? DefaultName => null;

    public void Configure(HostApplicationBuilder builder)
    {
        // The environment has every setting.
    }

    public Task StartAsync(IServiceProvider services, CancellationToken cancel) => Task.CompletedTask;

    public Task StopAsync(IServiceProvider services) => Task.CompletedTask;
}
