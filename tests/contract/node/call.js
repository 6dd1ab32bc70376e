// Plays a foreign client: reads what to ask from standard input, asks it over HTTP with the npm package `soap`, and
// writes one JSON document with the status and the raw answer of each call.
const soap = require("soap");

async function ask({ wsdl, port, operation, args, header }) {
  const client = await soap.createClientAsync(wsdl);
  client.addSoapHeader(header);
  const service = Object.values(client).find((value) => value && typeof value === "object" && value[port]);
  return new Promise((resolve) =>
    service[port][operation](args, (error, result, raw) => {
      const response = (error && error.response) || client.lastResponseStatus;
      resolve({
        operation,
        status: (error && error.response && error.response.status) || 200,
        fault: error && error.root ? error.root.Envelope.Body.Fault.faultcode : null,
        problem: error && !error.root ? String(error) : null,
        raw: raw || (error && error.body) || "",
        request: client.lastRequest,
      });
    }),
  );
}

let text = "";
process.stdin.on("data", (chunk) => (text += chunk));
process.stdin.on("end", async () => {
  const answers = [];
  for (const call of JSON.parse(text)) answers.push(await ask(call));
  process.stdout.write(JSON.stringify(answers));
});
