using Autopay.Application.Ports.Books;

namespace Autopay.Application.Ledgers;

/// <summary>
/// What every verb works with that changes accounts: their ledgers, the city's controls, the one writer, the clock and
/// how the app works a bucket.
/// </summary>
public sealed record AccountBooks(
    ILedgerStore Ledgers,
    IControlsStore Controls,
    LedgerWriter Writer,
    CityClock Clock,
    ProcessingOptions Options
);
