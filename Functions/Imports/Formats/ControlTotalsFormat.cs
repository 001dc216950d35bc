using Autopay.Imports.Reading;

namespace Autopay.Imports.Formats;

/// <summary>What the office counted, by day, channel and drawer; it is compared with what is posted.</summary>
internal static class ControlTotalsFormat
{
    private const int LongestDrawer = 64;

    public static ImportFormat Format { get; } =
        new(
            ImportKind.ControlTotals,
            "received_on",
            [
                new("received_on") { IsDay = true },
                new("channel") { Note = "cash, check, card, online" },
                new("drawer") { MayLeaveOut = true },
                new("count"),
                new("amount"),
                new("cycle") { MayLeaveOut = true },
            ]
        )
        {
            Read = Read,
            HasAccounts = false,
            Waits = false,
        };

    private static ImportRow Read(FieldReader row)
    {
        var key = new TotalKey(
            row.Date("received_on"),
            row.OneOf("channel", ("cash", "cash"), ("check", "check"), ("card", "card"), ("online", "online")),
            row.Text("drawer"),
            row.OptionalCycle("cycle")
        );
        var (count, amount) = (row.Count("count"), row.Amount("amount", signed: false));
        row.Require(!(key.ReceivedOn > row.Today), "received_on", "a date that is not after today");
        row.Require(key.Drawer.Length <= LongestDrawer, "drawer", $"at most {LongestDrawer} characters");
        row.Require(count == 0 == amount.IsZero, "amount", "an amount above zero, or zero of no receipts");
        return ImportRow.OfCity(row.Line, key.ToString(), amount) with
        {
            Total = counted => new ControlTotal(key, count, amount, counted),
        };
    }
}
