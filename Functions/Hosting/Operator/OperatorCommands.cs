using System.CommandLine;
using System.Globalization;
using Autopay.Application.Evaluating;

namespace Autopay.Hosting.Operator;

/// <summary>
/// What an operator does from the command line. No trigger leads here: only who can start the program with the app's
/// configuration.
/// </summary>
internal static class OperatorCommands
{
    public static IEnumerable<Command> Create(OperatorApp app) =>
        [
            Tick(app),
            Export(app),
            RestoreCommand.Create(app),
            StuckCommand.Create(app),
            Reconcile(app),
            .. HaltCommands.Create(app),
            AccountCommand.Create(app),
        ];

    internal static Option<string?> As() =>
        new("--as")
        {
            Description =
                "Who you are, where the books are on this machine; recorded (default: its user). Elsewhere it is whose "
                + "identity reaches them",
        };

    internal static Option<string> Reason(bool required) =>
        new("--reason")
        {
            Description = "Why; recorded",
            Required = required,
            DefaultValueFactory = required ? null : _ => "on demand",
        };

    private static Command Tick(OperatorApp app)
    {
        var name = As();
        var command = new Command(
            "tick",
            "Ask for a look at every bucket, as the hourly timer does; the running app does what is due"
        )
        {
            name,
        };
        command.SetAction(
            (parsed, cancel) =>
                app.RunAsync(
                    parsed.GetValue(name),
                    async call =>
                    {
                        var swept = await call.Verb<RunSweep>()
                            .RunAsync(SweepReach.Every, $"tick by {call.By}", call.Cancel);
                        await call.Output.WriteLineAsync(
                            $"{Plural.Of(swept.Buckets, "bucket")}, {Plural.Of(swept.Events, "event")} and "
                                + $"{Plural.Of(swept.Imports, "import")} asked for again."
                        );
                        return OperatorApp.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    private static Command Export(OperatorApp app)
    {
        var (name, reason) = (As(), Reason(required: false));
        var command = new Command(
            "export",
            "Back up all tables to the container 'backups', and delete what is older than Autopay:KeepBackupsDays"
        )
        {
            name,
            reason,
        };
        command.SetAction(
            (parsed, cancel) =>
                app.RunAsync(
                    parsed.GetValue(name),
                    call => BackupCommands.ExportAsync(call, parsed.GetValue(reason)!),
                    cancel
                )
        );
        return command;
    }

    private static Command Reconcile(OperatorApp app)
    {
        var (name, reason) = (As(), Reason(required: false));
        var from = new Option<string?>("--from")
        {
            Description = "Compare intents created since this instant (default: all that can still change)",
        };
        var command = new Command("reconcile", "Compare our books with Stripe's, both ways, and show the report")
        {
            from,
            name,
            reason,
        };
        command.SetAction(
            (parsed, cancel) =>
                app.RunAsync(
                    parsed.GetValue(name),
                    call =>
                        ReconcileCommand.RunAsync(
                            call,
                            Instant(parsed.GetValue(from)),
                            HttpJson.Reason(parsed.GetValue(reason))
                        ),
                    cancel
                )
        );
        return command;
    }

    private static DateTimeOffset? Instant(string? text) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
        : throw new BadRequestException($"--from: '{text}' is not an instant such as 2026-01-31T08:00Z.");
}
