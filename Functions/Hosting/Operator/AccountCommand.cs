using System.CommandLine;
using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Explaining;
using Autopay.Triggers.Accounts;

namespace Autopay.Hosting.Operator;

/// <summary>
/// <c>account</c>: all that is known of one account, for its customer. Into a file, and never printed: what a job
/// prints is kept for a year.
/// </summary>
internal static class AccountCommand
{
    public static Command Create(OperatorApp app)
    {
        var (name, reason) = (OperatorCommands.As(), OperatorCommands.Reason(required: true));
        var account = new Argument<string>("ACCOUNT") { Description = "Whose data" };
        var to = new Option<string>("--to") { Description = "The file; there must be none yet", Required = true };
        var command = new Command("account", "Write all that is known of one account into a file, for its customer")
        {
            account,
            to,
            name,
            reason,
        };
        command.SetAction(
            (parsed, cancel) =>
                app.RunAsync(
                    parsed.GetValue(name),
                    call => RunAsync(call, parsed.GetValue(account)!, parsed.GetValue(to)!, parsed.GetValue(reason)!),
                    cancel
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(OperatorCall call, string account, string file, string reason)
    {
        var id = new AccountId(HttpJson.Id(account, "ACCOUNT"));
        var authority = call.Verb<CityClock>().Authority(call.By, HttpJson.Reason(reason));
        if (File.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
        {
            throw new BadRequestException($"--to: '{file}' is there already, or its folder is not.");
        }

        var export =
            await call.Verb<ExportAccount>().RunAsync(id, authority, call.Cancel)
            ?? throw new BadRequestException($"There is no account {account}.");
        await using var stream = new FileStream(file, OfTheOwnerAlone());
        await JsonSerializer.SerializeAsync(stream, AccountExportView.Of(export), HttpJson.Options, call.Cancel);
        await call.Output.WriteLineAsync(
            $"Written, and recorded: {Plural.Of(export.History.Count, "operation")} and "
                + $"{Plural.Of(export.View.Debits.Count, "debit")}. Hand it to nobody but its customer, then delete it."
        );
        return OperatorApp.Done;
    }

    private static FileStreamOptions OfTheOwnerAlone()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
