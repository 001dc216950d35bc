using Autopay.StripeSandbox;

await using var server = await SandboxServer.StartAsync(CommandLine.Parse(args));
Console.WriteLine($"listening on {server.BaseUrl.GetLeftPart(UriPartial.Authority)}");

using var signals = new StopSignals(args.Contains(CommandLine.ExitWithParent, StringComparer.Ordinal));
await signals.Stopped;
