using System.Text.Json;
using Connections;
using Connections.Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// Trigger payloads are read with the same settings as documents are written with.
builder.Services.Configure<JsonSerializerOptions>(Json.CopyTo);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddAzure(builder.Configuration);
builder.Services.AddConnections(builder.Configuration);

builder.Build().Run();
