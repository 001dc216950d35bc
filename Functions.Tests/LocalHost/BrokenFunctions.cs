using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.LocalHost;

/// <summary>One mistake each.</summary>
internal static class BrokenFunctions
{
    internal sealed class Twice
    {
        [Function("Same")]
        public void One([QueueTrigger("%queue%")] string message) => _ = message;

        [Function("same")]
        public void Two([QueueTrigger("%queue%")] string message) => _ = message;
    }

    internal sealed class BadName
    {
        [Function("1st")]
        public void Run([QueueTrigger("%queue%")] string message) => _ = message;
    }

    internal sealed class NoTrigger
    {
        [Function("NoTrigger")]
        public void Run(CancellationToken cancellationToken) => _ = cancellationToken;
    }

    internal sealed class TwoTriggers
    {
        [Function("TwoTriggers")]
        public void Run([QueueTrigger("%queue%")] string message, [TimerTrigger("0 0 10 * * *")] TimerInfo timer) => _ = (message, timer);
    }

    internal sealed class SdkMessage
    {
        [Function("SdkMessage")]
        public void Run([QueueTrigger("%queue%")] QueueMessage message) => _ = message;
    }

    internal sealed class Bytes
    {
        [Function("Bytes")]
        public void Run([QueueTrigger("%queue%")] byte[] message) => _ = message;
    }

    internal sealed class TimerAsText
    {
        [Function("TimerAsText")]
        public void Run([TimerTrigger("0 0 10 * * *")] string timer) => _ = timer;
    }

    internal sealed class UnknownParameter
    {
        [Function("UnknownParameter")]
        public IActionResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x")] HttpRequest request, string id) => new OkObjectResult(id);
    }

    internal sealed class NumberFromRoute
    {
        [Function("NumberFromRoute")]
        public IActionResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x/{id}")] HttpRequest request, int id) => new OkObjectResult(id);
    }

    internal sealed class Returns
    {
        [Function("Returns")]
        public string Run([QueueTrigger("%queue%")] string message) => message;
    }

    internal sealed class FiveFields
    {
        [Function("FiveFields")]
        public void Run([TimerTrigger("0 10 * * *")] TimerInfo timer) => _ = timer;
    }

    internal sealed class NotACron
    {
        [Function("NotACron")]
        public void Run([TimerTrigger("0 0 10 L * *")] TimerInfo timer) => _ = timer;
    }

    internal sealed class UnknownSetting
    {
        [Function("UnknownSetting")]
        public void Run([QueueTrigger("%nowhere%")] string message) => _ = message;
    }

    internal sealed class BadQueueName
    {
        [Function("BadQueueName")]
        public void Run([QueueTrigger("Not_A_Queue")] string message) => _ = message;
    }

    internal sealed class OtherConnection
    {
        [Function("OtherConnection")]
        public void Run([QueueTrigger("%queue%", Connection = "Elsewhere")] string message) => _ = message;
    }

    internal sealed class BadRoute
    {
        [Function("BadRoute")]
        public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x/{id")] HttpRequest request) => new OkResult();
    }

    internal sealed class Page
    {
        [Function("Page")]
        public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new OkResult();
    }
}
