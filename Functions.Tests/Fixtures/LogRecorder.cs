using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.Fixtures;

internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Recorder(lines);

    public Task HasAsync(LogLevel level, string part) =>
        Eventually.HoldsAsync(
            $"a line of level {level} with '{part}'",
            () => lines.Any(line => line.Level == level && line.Text.Contains(part, StringComparison.Ordinal))
        );

    public void Dispose() { }

    private sealed class Recorder(ConcurrentQueue<(LogLevel Level, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) =>
            lines.Enqueue(
                (logLevel, $"{formatter(state, exception)} {exception?.Message} {exception?.InnerException?.Message}")
            );
    }
}
