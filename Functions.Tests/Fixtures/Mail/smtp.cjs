'use strict';
// A mail server on a port of this machine. It says what came in, a line of JSON a message, and ends with its input.
const { SMTPServer } = require('smtp-server');

const say = what => process.stdout.write(JSON.stringify(what) + '\n');

function answer(code, text) {
    const error = new Error(text);
    error.responseCode = code;
    return error;
}

const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo(address, session, done) {
        const name = address.address.split('@')[0];
        if (name.startsWith('unknown')) {
            return done(answer(550, `5.1.1 <${address.address}> no such mailbox`));
        }
        return name.startsWith('busy') ? done(answer(450, '4.2.1 mailbox busy')) : done();
    },
    onData(stream, session, done) {
        const parts = [];
        stream.on('data', part => parts.push(part));
        stream.on('end', () => {
            say({
                from: session.envelope.mailFrom.address,
                to: session.envelope.rcptTo.map(to => to.address),
                raw: Buffer.concat(parts).toString('utf8'),
            });
            done();
        });
    },
});

server.on('error', error => {
    process.stderr.write(`${error.code}\n`);
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => say({ port: server.server.address().port }));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
