console.log(`Stands in for ${process.env.GITHUB_ACTION_REPOSITORY}; Node ${process.version}`)
