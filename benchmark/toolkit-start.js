// What an action costs that does next to nothing: of the toolkit's two packages that this action uses, one input, one
// masked secret, one request for packages.json and one output.
import { getInput, setFailed, setOutput, setSecret } from '@actions/core'
import { HttpClient } from '@actions/http-client'

const [publicKey, privateKey] = [getInput('public-key'), getInput('private-key')]
setSecret(privateKey)
const authorization = `Basic ${Buffer.from(`${publicKey}:${privateKey}`).toString('base64')}`
const client = new HttpClient('toolkit-start')
const { statusCode, result } = await client.getJson(`${getInput('repository-url')}/packages.json`, { authorization })
if (result === null) setFailed('packages.json is not there')
setOutput('http-status', statusCode)
