using Autopay.Hosting.Identity;
using Autopay.Storage;
using Azure;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Autopay.Hosting.Operator;

/// <summary>What a command of an operator works with.</summary>
/// <param name="By">Who: recorded with whatever it changes.</param>
internal sealed record OperatorCall(IServiceProvider Services, string By, TextWriter Output, CancellationToken Cancel)
{
    /// <summary>False of an app's identity: it is nobody of two people.</summary>
    public bool IsPerson { get; init; } = true;

    public T Verb<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public IProgress<string> Progress => new Lines(Output);

    private sealed class Lines(TextWriter output) : IProgress<string>
    {
        private readonly Lock gate = new();

        public void Report(string value)
        {
            lock (gate)
            {
                output.WriteLine(value);
            }
        }
    }
}

/// <summary>
/// The app's verbs without its triggers, on the storage and the Stripe account of the configuration: what the app needs
/// to start, a command needs too. Exit codes: 0 done, 1 found problems or refused, 2 wrong input or configuration.
/// </summary>
internal sealed class OperatorApp(TextWriter output, TextWriter errors, IOperatorPlace? place = null)
{
    public const int Done = 0;
    public const int Problems = 1;
    public const int WrongInput = 2;

    private readonly IOperatorPlace place = place ?? new DeployedPlace();

    /// <summary>From the command line: they win over all others.</summary>
    public IReadOnlyList<string> Settings { get; set; } = [];

    public async Task<int> RunAsync(string? name, Func<OperatorCall, Task<int>> act, CancellationToken cancel)
    {
        var builder = new HostApplicationBuilder(
            new HostApplicationBuilderSettings
            {
                DisableDefaults = true,
                ContentRootPath = Directory.GetCurrentDirectory(),
            }
        );
        builder.Configuration.AddEnvironmentVariables();
        try
        {
            place.Configure(builder);
            builder.Configuration.AddCommandLine([.. Settings]);
            builder.Services.AddAutopay(builder.Configuration);
            using var host = builder.Build();
            return await ActAsync(host.Services, name, act, cancel);
        }
        catch (Exception failure) when (ExitCodeOf(failure) is { } code)
        {
            await errors.WriteLineAsync(failure.Message);
            return code;
        }
    }

    private async Task<int> ActAsync(
        IServiceProvider services,
        string? name,
        Func<OperatorCall, Task<int>> act,
        CancellationToken cancel
    )
    {
        try
        {
            await place.StartAsync(services, cancel);
            Require(await services.GetRequiredService<StartGate>().ReadAsync(cancel));
            var caller = await ActivatorUtilities
                .CreateInstance<CommandIdentity>(services)
                .FindAsync(name, place.DefaultName, cancel);
            await services.GetRequiredService<StorageSetup>().RunAsync(cancel);
            return await act(new OperatorCall(services, caller.By, output, cancel) { IsPerson = caller.IsPerson });
        }
        finally
        {
            await place.StopAsync(services);
        }
    }

    private static int? ExitCodeOf(Exception failure) =>
        failure switch
        {
            RefusedException or RequestFailedException or AggregateException => Problems,
            BadRequestException or OptionsValidationException or InvalidOperationException => WrongInput,
            AuthenticationFailedException => WrongInput,
            _ => null,
        };

    private static void Require(IReadOnlyList<string> missing)
    {
        if (missing.Count > 0)
        {
            throw new BadRequestException($"The configuration is not complete: {string.Join("; ", missing)}.");
        }
    }
}
