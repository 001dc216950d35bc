using Autopay.LocalHost.Rpc;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Workers;

/// <summary>What the worker logs, under its own categories, in the host's log.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers)
{
    public void Write(RpcLog line)
    {
        var logger = loggers.CreateLogger(line.Category is { Length: > 0 } category ? category : "Worker");
        var text = line.Exception is { } failure
            ? $"{line.Message}{Environment.NewLine}{failure.Type}: "
                + $"{failure.Message}{Environment.NewLine}{failure.StackTrace}"
            : line.Message;
        logger.Log((LogLevel)line.Level, default, text, null, (it, _) => it);
    }
}
