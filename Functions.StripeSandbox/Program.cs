using Autopay.StripeSandbox;

var command = new CommandLine(args);
if (command.Problem is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}
await using var server = await SandboxServer.StartAsync(command.Options);
Console.WriteLine($"listening on {server.BaseUrl.GetLeftPart(UriPartial.Authority)}");

using var signals = new StopSignals(command.ExitsWithParent);
await signals.Stopped;
return 0;
